/** The hidden field by which a hub on another machine asks the registry (`remote-registry.ts`). */
export const registrySdlExtras = `
scalar RegistryMessage @inaccessible

extend type Query {
  _registry(request: RegistryMessage!): RegistryMessage @inaccessible
}
`;
