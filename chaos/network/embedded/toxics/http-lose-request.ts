/** Cuts the connection before a request reaches upstream: nothing was done, and the caller cannot know. */
import { requestToxic } from './request-toxic.ts';

export const httpLoseRequest = requestToxic(
  'http_lose_request',
  'HTTPLoseRequestToxic',
  {},
  {
    begin: (stub) => {
      stub.connection.reset();
      return 'keep';
    },
  },
);
