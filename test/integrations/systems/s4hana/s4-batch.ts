/** A `$batch` with one changeset, and what came of it. */

export interface Change {
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  /** Below the service. */
  readonly path: string;
  readonly body?: unknown;
}

const line = '\r\n';

const partOf = ({ method, path, body }: Change): string =>
  [
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    '',
    `${method} ${path} HTTP/1.1`,
    'Accept: application/json',
    ...(body === undefined
      ? ['', '']
      : ['Content-Type: application/json', '', JSON.stringify(body)]),
    '',
  ].join(line);

export function batchBody(changes: readonly Change[]): { body: string; contentType: string } {
  const parts = changes.map((change) => `--changes${line}${partOf(change)}`).join('');
  const changeset = `Content-Type: multipart/mixed; boundary=changes${line}${line}${parts}--changes--${line}`;
  return {
    body: `--batch${line}${changeset}${line}--batch--${line}`,
    contentType: 'multipart/mixed; boundary=batch',
  };
}

/** The one refusal that stands for the whole changeset; nothing when it was done. */
export function batchRefusal(text: string): { status: number; body: any } | undefined {
  for (const match of text.matchAll(/HTTP\/1\.1 (\d{3})/g)) {
    const status = Number(match[1]);
    if (status < 400) continue;
    const json = /\{"error".*\}/.exec(text.slice(match.index))?.[0];
    return { status, body: json === undefined ? undefined : JSON.parse(json) };
  }
  return undefined;
}
