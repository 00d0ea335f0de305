/** One short text that names a run: enough to make the same decisions again. */
import { SeatrialError } from './seatrial-error.ts';

/** Version of the decisions: raised whenever the same seed would decide otherwise. */
const version = 'st1';

export const replayToken = (seed: string): string => `${version}.${seed}`;

/** The seed of a token. Throws `token.invalid`, saying so when it is from another version. */
export function seedOfToken(token: string): string {
  const [head, ...rest] = token.split('.');
  const seed = rest.join('.');
  if (head === version && seed !== '') return seed;
  const foreign = head !== undefined && /^st\d+$/.test(head);
  throw invalidToken(
    token,
    foreign
      ? `it is from another version of seatrial (${head}; this one writes ${version} and st2)`
      : 'it is not a replay token',
  );
}

/** `token.invalid`, for that reason. */
export const invalidToken = (token: string, reason: string): SeatrialError =>
  new SeatrialError({
    code: 'token.invalid',
    task: `read the replay token "${token.length > 60 ? `${token.slice(0, 60)}...` : token}"`,
    reason,
    hint: 'Copy it as a verdict prints it, for example st1.5e1f00d.',
  });
