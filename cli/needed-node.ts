/** Which Node the command needs: checked before anything is loaded that an older one cannot load. */

const needed: readonly [major: number, minor: number] = [22, 18];

/** What to say to somebody with too old a Node (`20.20.2`), or nothing when it will do. */
export function nodeTooOld(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > needed[0] || (major === needed[0] && minor >= needed[1])) return undefined;
  return (
    `seatrial: Failed to start: this is Node ${version}, and seatrial needs ${needed.join('.')} or later. ` +
    'The npm package "node" brings one along: npm install --save-dev node@24, then npx seatrial.\n'
  );
}
