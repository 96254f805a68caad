const { createRequire, isBuiltin } = require('node:module');
const { isAbsolute } = require('node:path');
const { compileFunction } = require('node:vm');
const { default: Runtime } = require('jest-runtime');

const requirePackage = createRequire(__filename);
/** @typedef {ReturnType<typeof compileFunction>} ModuleBody */
/** @type {Map<string, { source: string, body: ModuleBody }>} */
const compiled = new Map();

/**
 * Loads what a suite imports into Node's own realm (see `plain-environment.ts`). Each suite has modules of its own, as
 * Jest has it, but a worker compiles each file once, and loads each package once for all its suites.
 */
module.exports = class PlainRuntime extends Runtime {
  /** @param {ConstructorParameters<typeof Runtime>} parameters */
  constructor(...parameters) {
    super(...parameters);
    // Jest has no option for it; `plain-runtime.test.ts` tells when another version needs another way.
    /** @type {{ injectedModuleParameters: string[], compile: (source: string, file: string) => ModuleBody }} */
    const executor = Reflect.get(this, 'executor');
    executor.compile = (source, file) => compileOnce(source, file, executor.injectedModuleParameters);
  }

  /**
   * @override
   * @template T
   * @param {string} from
   * @param {string} [name]
   * @param {Parameters<Runtime['requireModule']>[2]} [options] says whether Jest loads a part of its own
   * @param {boolean} [isRequireActual]
   * @returns {T}
   */
  requireModule(from, name, options, isRequireActual) {
    if (options?.isInternalModule !== true && name !== undefined && isPackage(name))
      return requirePackage(name);
    return super.requireModule(from, name, options, isRequireActual);
  }
};

/** @param {string} name */
function isPackage(name) {
  return !name.startsWith('.') && !isAbsolute(name) && !isBuiltin(name);
}

/**
 * @param {string} source
 * @param {string} file
 * @param {string[]} parameters
 * @returns {ModuleBody}
 */
function compileOnce(source, file, parameters) {
  const known = compiled.get(file);
  if (known?.source === source) return known.body;
  const body = compileFunction(source, parameters, { filename: file });
  compiled.set(file, { source, body });
  return body;
}
