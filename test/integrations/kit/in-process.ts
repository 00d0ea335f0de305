/** The same middleware in the trial's own process, on its clock and its fetch. */
import type { IntegrationEnvironment, RunningFunction } from '../../../index.ts';
import { procureToPayRules } from '../mapping/procure-to-pay-rules.ts';
import { connect } from '../systems/connect.ts';
import { Middleware } from './middleware.ts';
import { type Policies, soundPolicies } from './policies.ts';

/** Starts it with the given changes to the sound policies. */
export const middlewareWith =
  (changes: Partial<Policies> = {}) =>
  (environment: IntegrationEnvironment): RunningFunction & { readonly middleware: Middleware } => {
    const policies = { ...soundPolicies, ...changes };
    const ports = connect(environment, policies);
    const middleware = new Middleware(environment, policies, { rules: procureToPayRules, ports });
    middleware.start();
    return {
      middleware,
      webhook: async (request) => middleware.webhook(request),
      pending: () => middleware.pending,
      stop: () => middleware.stop(),
    };
  };
