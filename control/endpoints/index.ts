/** The control API's table: all its rows. */
import type { Endpoint } from '../endpoint.ts';
import { openApi } from '../open-api.ts';
import { named } from '../schemas.ts';
import { businessEndpoints } from './business-endpoints.ts';
import { clockEndpoints } from './clock-endpoints.ts';
import { documentEndpoints } from './document-endpoints.ts';
import { faultEndpoints } from './fault-endpoints.ts';
import { historyEndpoints } from './history-endpoints.ts';
import { landscapeEndpoints } from './landscape-endpoints.ts';
import { trialEndpoints } from './trial-endpoints.ts';
import { verdictEndpoints } from './verdict-endpoints.ts';

const contractEndpoint: Endpoint = {
  method: 'GET',
  path: '/openapi.json',
  operation: 'getContract',
  tag: 'contract',
  summary: 'This document.',
  open: true,
  answers: { 200: { description: 'OpenAPI 3.1.', schema: named('Contract', { type: 'object' }) } },
  handle: () => ({ status: 200, body: openApi(endpoints) }),
};

export const endpoints: readonly Endpoint[] = [
  ...landscapeEndpoints,
  ...clockEndpoints,
  ...faultEndpoints,
  ...businessEndpoints,
  ...documentEndpoints,
  ...historyEndpoints,
  ...verdictEndpoints,
  ...trialEndpoints,
  contractEndpoint,
];
