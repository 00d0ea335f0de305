/** What somebody needs who wants to talk to a landscape: addresses, credentials, and how to begin. */
import type { LandscapeView, SystemView } from '../harness/control.ts';

/** Text for the terminal; ends with a line end. */
export function describeLandscape({ systems, seed, webhookSecret }: LandscapeView): string {
  const [first] = systems;
  return [
    `A landscape is up (seed ${seed}).`,
    '',
    ...systems.flatMap(describeSystem),
    `webhook secret   ${webhookSecret}`,
    '',
    ...(first === undefined ? [] : ['A token, for example:', tokenExample(first), '']),
  ].join('\n');
}

const describeSystem = (system: SystemView): string[] => [
  `${system.name} (${system.dialect})`,
  `  API            ${system.url}${system.basePath}`,
  // Other dialects publish theirs as their vendor does.
  ...(system.dialect === 'plain'
    ? [`  contract       ${system.url}${system.basePath}/openapi.json`]
    : []),
  `  token          ${system.url}${system.tokenPath}`,
  `  client id      ${system.clientId}`,
  `  client secret  ${system.clientSecret}`,
  '',
];

const tokenExample = ({ url, tokenPath, clientId, clientSecret }: SystemView): string =>
  `  curl -s ${url}${tokenPath} -u ${clientId}:${clientSecret} -d grant_type=client_credentials`;
