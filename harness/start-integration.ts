/** Starts the integration under test and waits until it can be talked to. */
import { networkPost } from './edge/post.ts';
import type { Integration, IntegrationEnvironment, RunningIntegration } from './integration.ts';
import { type FunctionOptions, startFunction } from './start-function.ts';
import { startProcess } from './start-process.ts';

export { landscapeEnvironment } from './start-process.ts';

type Environment = Omit<IntegrationEnvironment, 'storage'>;

/** Throws `integration.not-ready` with the integration's last output when it does not come up. */
export async function startIntegration(
  integration: Integration,
  environment: Environment,
  surroundings: FunctionOptions,
  signal?: AbortSignal,
): Promise<RunningIntegration> {
  if (integration.kind === 'process')
    return startProcess(integration, environment, surroundings, signal);
  if (integration.kind === 'url') {
    const { post, close } = networkPost(integration.url);
    const stop = async (): Promise<void> => close();
    const { url } = integration;
    return { post, url, died: () => undefined, output: () => '', pending: () => 0, stop };
  }
  return startFunction(integration, environment, surroundings);
}
