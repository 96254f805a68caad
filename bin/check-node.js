// Written so that any Node can read it: it is there for those that are too old for the rest.
var LEAST = [20, 19];

/** Ends the process with one sentence where Node is too old. */
module.exports = function checkNode() {
  var version = process.versions.node;
  var found = version.split('.').map(Number);
  if (found[0] > LEAST[0] || (found[0] === LEAST[0] && found[1] >= LEAST[1])) return;
  var least = LEAST.join('.');
  var zh = `需要 Node ${least} 或更新的版本，当前为 ${version}。`;
  process.stderr.write(`${zh}Node must be ${least} or newer, but is ${version}.\n`);
  process.exit(2);
};

if (require.main === module) module.exports();
