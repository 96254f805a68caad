#!/usr/bin/env node
require('./check-node.js')();
require('./run.js');
