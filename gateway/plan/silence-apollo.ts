/**
 * Nothing may leave this machine but calls to configured sources. Apollo's libraries look at these variables
 * when they are loaded or started, so this module must be imported before any of them.
 */
process.env.APOLLO_TELEMETRY_DISABLED = 'true';
for (const name of Object.keys(process.env)) {
  // A key or graph ref left in the environment would switch on usage reporting and Uplink.
  if (name.startsWith('APOLLO_') && name !== 'APOLLO_TELEMETRY_DISABLED') delete process.env[name];
}

export {};
