/**
 * Pieces of generated functions. Every text from outside that gets into code goes through here or through
 * `JSON.stringify`.
 */

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/**
 * An expression for a member of an object from a subgraph's answer.
 *
 * @param object an expression without side effects.
 */
export function memberOf(object: string, name: string): string {
  // Such an object inherits from Object.prototype, whose members must not pass for its own.
  if (name in Object.prototype) {
    return `(Object.hasOwn(${object}, ${JSON.stringify(name)}) ? ${object}[${JSON.stringify(name)}] : undefined)`;
  }
  return IDENTIFIER.test(name) ? `${object}.${name}` : `${object}[${JSON.stringify(name)}]`;
}

/** A statement that sets a member of an object from a subgraph's answer. */
export function setMember(object: string, name: string, value: string): string {
  if (name in Object.prototype) {
    const descriptor = `{ value: ${value}, writable: true, enumerable: true, configurable: true }`;
    return `Object.defineProperty(${object}, ${JSON.stringify(name)}, ${descriptor});`;
  }
  return `${memberOf(object, name)} = ${value};`;
}

/** A member of an object literal. */
export function literalMember(name: string, value: string): string {
  return name in Object.prototype
    ? `[${JSON.stringify(name)}]: ${value}`
    : `${JSON.stringify(name)}: ${value}`;
}
