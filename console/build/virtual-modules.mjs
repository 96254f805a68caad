/**
 * Modules whose text is made when the console is built.
 *
 * @param {Readonly<Record<string, () => string>>} makers by the name that is imported.
 */
export function virtualModules(makers) {
  // A plain id, so that the bundler takes what ends in `.css` for a style sheet.
  const idOf = (name) => `/@made/${name.slice('virtual:'.length)}`;
  const byId = new Map(Object.entries(makers).map(([name, make]) => [idOf(name), make]));
  return {
    name: 'virtual-modules',
    resolveId: (source) => (Object.hasOwn(makers, source) ? idOf(source) : null),
    load: (id) => byId.get(id)?.() ?? null,
  };
}
