/** `$batch`: multipart/mixed of application/http parts, retrievals and changesets. */
import { stableHash } from '../../harness/random.ts';
import type { WireReply, WireRequest } from '../../harness/wire.ts';
import { malformed } from './odata-refusal.ts';

export interface BatchRequest {
  readonly method: string;
  /** As written: absolute, an absolute path, or relative to the service. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly contentId: string | undefined;
}

/** A retrieval, or a changeset of several modifications that happen together or not at all. */
export type BatchPart = BatchRequest | { readonly changeset: readonly BatchRequest[] };

/** More parts than any client sends at once. */
const mostParts = 1000;

/** Reads a batch. Throws 400 when it is none. */
export function readBatch(request: WireRequest): BatchPart[] {
  const boundary = boundaryOf(request.headers['content-type']);
  return partsOf(request.body, boundary).map((part) => {
    const { headers, content } = splitPart(part);
    const type = headers['content-type'] ?? '';
    if (!type.toLowerCase().startsWith('multipart/mixed')) return readHttp(headers, content);
    const changeset = partsOf(content, boundaryOf(type)).map((each) => {
      const inner = splitPart(each);
      return readHttp(inner.headers, inner.content);
    });
    return { changeset };
  });
}

function boundaryOf(contentType: string | undefined): string {
  const match = /;\s*boundary=(?:"([^"]{1,200})"|([^;\s]{1,200}))/i.exec(contentType ?? '');
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) throw malformed('The boundary of the batch is missing');
  return boundary;
}

function partsOf(body: string, boundary: string): string[] {
  const text = `\n${body.replaceAll('\r\n', '\n')}`;
  const [, ...parts] = text.split(`\n--${boundary}`);
  const end = parts.findIndex((part) => part.startsWith('--'));
  if (end < 0) throw malformed('The batch has no closing boundary');
  if (end > mostParts) throw malformed('The batch has too many parts');
  return parts.slice(0, end).map((part) => part.slice(part.indexOf('\n') + 1));
}

interface Split {
  readonly headers: Record<string, string>;
  readonly content: string;
}

function splitPart(part: string): Split {
  const lines = part.startsWith('\n') ? 0 : part.indexOf('\n\n');
  const head = lines < 0 ? part : part.slice(0, lines);
  const content = lines < 0 ? '' : part.slice(lines + (part.startsWith('\n') ? 1 : 2));
  const headers: Record<string, string> = {};
  for (const line of head.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0)
      headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { headers, content };
}

function readHttp(outer: Readonly<Record<string, string>>, content: string): BatchRequest {
  const text = content.replace(/^\n+/, '');
  const end = text.indexOf('\n');
  const line = (end < 0 ? text : text.slice(0, end)).trim();
  const [, method, target] = /^([A-Z]+) (\S+)(?: HTTP\/\d\.\d)?$/.exec(line) ?? [];
  if (method === undefined || target === undefined)
    throw malformed('A part of the batch is no request');
  const { headers, content: body } = splitPart(end < 0 ? '' : text.slice(end + 1));
  const contentId = headers['content-id'] ?? outer['content-id'];
  return { method, target, headers, body: body.replace(/\n+$/, ''), contentId };
}

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  412: 'Precondition Failed',
  415: 'Unsupported Media Type',
  428: 'Precondition Required',
};

export interface PartReply extends WireReply {
  readonly contentId?: string | undefined;
}

/** The answers of a batch: one for a retrieval, a list for a changeset, one for a failed changeset. */
export function writeBatch(
  replies: readonly (PartReply | readonly PartReply[])[],
  seed: string,
): WireReply {
  const boundary = `${stableHash(seed).toUpperCase()}0`;
  let body = '';
  for (const [index, each] of replies.entries()) {
    body += `--${boundary}\r\n`;
    if (!Array.isArray(each)) {
      body += httpPart(each as PartReply);
      continue;
    }
    const inner = `${stableHash(`${seed}/${index}`).toUpperCase()}1`;
    let changeset = '';
    for (const reply of each as readonly PartReply[])
      changeset += `--${inner}\r\n${httpPart(reply)}`;
    changeset += `--${inner}--\r\n`;
    const length = Buffer.byteLength(changeset);
    body += `Content-Type: multipart/mixed; boundary=${inner}\r\nContent-Length: ${length}\r\n\r\n${changeset}\r\n`;
  }
  body += `--${boundary}--`;
  return {
    status: 202,
    headers: { 'content-type': `multipart/mixed; boundary=${boundary}`, dataserviceversion: '2.0' },
    body,
  };
}

function httpPart({ status, headers, body, contentId }: PartReply): string {
  let head = `HTTP/1.1 ${status} ${reasons[status] ?? 'Unknown'}\r\n`;
  for (const [name, value] of Object.entries(headers)) head += `${name}: ${String(value)}\r\n`;
  if (contentId !== undefined) head += `content-id: ${contentId}\r\n`;
  head += `content-length: ${Buffer.byteLength(body)}\r\n`;
  const http = `${head}\r\n${body}\r\n`;
  // Some clients look for it among the headers of the answer, some (Olingo) among those of its part.
  const id = contentId === undefined ? '' : `Content-ID: ${contentId}\r\n`;
  return (
    `Content-Type: application/http\r\nContent-Length: ${Buffer.byteLength(http)}\r\n` +
    `${id}content-transfer-encoding: binary\r\n\r\n${http}`
  );
}
