/** The same middleware in the trial's own process, on its clock and its fetch. */
import type { IntegrationEnvironment, RunningFunction } from '../../../index.ts';
import { plainRules } from '../mapping/plain-rules.ts';
import { Middleware } from './middleware.ts';
import { type Policies, soundPolicies } from './policies.ts';

/** Starts it with the given changes to the sound policies. */
export const middlewareWith =
  (changes: Partial<Policies> = {}) =>
  (environment: IntegrationEnvironment): RunningFunction & { readonly middleware: Middleware } => {
    const middleware = new Middleware(environment, { ...soundPolicies, ...changes }, plainRules);
    middleware.start();
    return {
      middleware,
      webhook: async (request) => middleware.webhook(request),
      pending: () => middleware.pending,
      stop: () => middleware.stop(),
    };
  };
