/** Loaded before the code of a process that is measured: says when it ends what it took. */
export interface Usage {
  readonly cpuMs: number;
  readonly peakRssBytes: number;
}

const mark = 'usage: ';

/** What the output of a process says that loaded this; zeros where it does not. */
export function usageIn(output: string): Usage {
  const told = output.split('\n').findLast((line) => line.startsWith(mark));
  if (told === undefined) return { cpuMs: 0, peakRssBytes: 0 };
  return JSON.parse(told.slice(mark.length)) as Usage;
}

/** Of this process, until now. */
export function usageUntilNow(): Usage {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return { cpuMs: (userCPUTime + systemCPUTime) / 1000, peakRssBytes: maxRSS * 1024 };
}

process.once('exit', () => {
  // Who loads it with a flag is measured; the bench itself imports this for the other end.
  if (process.execArgv.some((each) => each.endsWith('usage.ts')))
    console.log(`${mark}${JSON.stringify(usageUntilNow())}`);
});
