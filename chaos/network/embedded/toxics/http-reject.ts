/** Answers requests itself, with `status` (default 503) and `retry_after` seconds; upstream never sees them. */
import { STATUS_CODES } from 'node:http';
import { requestToxic } from './request-toxic.ts';

export const httpReject = requestToxic(
  'http_reject',
  'HTTPRejectToxic',
  { status: 'int64', retry_after: 'int64' },
  {
    begin: () => 'keep',
    end: (stub, { status, retry_after: retryAfter }) => {
      stub.connection.answer(
        [
          `HTTP/1.1 ${status} ${STATUS_CODES[Number(status)] ?? 'Refused'}`,
          ...(Number(retryAfter) > 0 ? [`Retry-After: ${retryAfter}`] : []),
          'Content-Length: 0',
          '\r\n',
        ].join('\r\n'),
      );
    },
  },
  { status: 503 },
);
