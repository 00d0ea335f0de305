/** The clients that others wrote, each with the landscape that it runs against. */

export interface Client {
  /** As it is called in its registry, with the version that is pinned here. */
  readonly name: string;
  readonly against: string;
  /** The file in `landscapes/` that stands the other side up; nothing when the client does so itself. */
  readonly landscape?: 's4hana' | 'coupa' | 'plain';
  readonly language: 'node' | 'python';
  readonly script: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Cases for each operation; what comes out of that is checked to be at least `least` in all. */
const effort = {
  long: { EXAMPLES: '60', LEAST: '5000', PHASES: 'examples,coverage,fuzzing,stateful' },
  // Its coverage of every boundary of every schema is thousands of cases however few are asked for.
  short: { EXAMPLES: '10', LEAST: '200', PHASES: 'examples,fuzzing,stateful' },
} as const;

const openIdClient = (landscape: 's4hana' | 'coupa' | 'plain'): Client => ({
  name: 'openid-client 6.8.9',
  against: `${landscape} token endpoint`,
  landscape,
  language: 'node',
  script: 'oauth/openid-client.mjs',
});

/** The warehouse has fewer operations, so each gets more cases. */
const schemathesis = (system: string, isShort: boolean): Client => ({
  name: 'schemathesis 4.32.5',
  against: `plain ${system}, OpenAPI`,
  landscape: 'plain',
  language: 'python',
  script: 'plain/schemathesis_run.py',
  environment: {
    SYSTEM: system,
    ...(isShort ? effort.short : effort.long),
    ...(!isShort && system === 'wms' ? { EXAMPLES: '110' } : {}),
  },
});

const generator = (isShort: boolean): Client => ({
  name: '@sap-cloud-sdk/generator 4.5.1',
  against: 's4hana $metadata',
  landscape: 's4hana',
  language: 'node',
  script: 'generator/generated-client.mjs',
  ...(isShort ? { environment: { SHORT: '1' } } : {}),
});

const quick: readonly Client[] = [
  {
    name: '@sap/cloud-sdk-vdm-* 2.1.0',
    against: 's4hana',
    landscape: 's4hana',
    language: 'node',
    script: 's4hana/sdk.mjs',
  },
  {
    name: 'pyodata 1.12.1',
    against: 's4hana',
    landscape: 's4hana',
    language: 'python',
    script: 's4hana/pyodata_client.py',
  },
  {
    name: '@sap_oss/odata-library 2.6.0',
    against: 's4hana',
    landscape: 's4hana',
    language: 'node',
    script: 's4hana/netweaver-library.mjs',
  },
  {
    name: '@odata/client 2.21.10',
    against: 's4hana',
    landscape: 's4hana',
    language: 'node',
    script: 's4hana/odata-client.mjs',
  },
  {
    name: 'coupa-async-client 0.1.0',
    against: 'coupa',
    landscape: 'coupa',
    language: 'python',
    script: 'coupa/coupa_async_client_checks.py',
  },
  openIdClient('plain'),
  openIdClient('coupa'),
  openIdClient('s4hana'),
  {
    name: 'standardwebhooks 1.1.1',
    against: 'webhooks of all dialects',
    language: 'node',
    script: 'webhooks/standardwebhooks.mjs',
  },
];

/** All of them; the short run asks less of those that take long. */
export const clients = (isShort: boolean): readonly Client[] => [
  ...['erp', 'procurement', 'wms'].map((system) => schemathesis(system, isShort)),
  generator(isShort),
  ...quick,
];
