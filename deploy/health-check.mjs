// Ends with 0 when the process of this container answers at `/health/live`, which nobody needs a credential for.
const { PORT = '4000', HEALTH_PORT = PORT } = process.env;
const response = await fetch(`http://127.0.0.1:${HEALTH_PORT}/health/live`, {
  signal: AbortSignal.timeout(2500),
}).catch(() => null);
process.exitCode = response?.ok === true ? 0 : 1;
