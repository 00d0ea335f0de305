/**
 * How many whole trials a second: 20 orders each, faults on, the sound integration in this process,
 * judged. What exploration can afford.
 */
import { stopwatch } from '../harness/clock.ts';
import { inProcess } from '../harness/integration.ts';
import { runTrial } from '../harness/run-trial.ts';
import { goodDay, badDay } from '../test/integrations/broken/trials.ts';
import { middlewareWith } from '../test/integrations/kit/in-process.ts';

const integration = inProcess(middlewareWith());
for (const [name, trial] of [['good', goodDay()], ['bad', badDay()]] as const) {
  const n = Number(process.argv[2] ?? 30);
  for (let i = 0; i < 5; i++) await runTrial(trial, { integration, seed: `warm-${i}` });
  const ms = stopwatch();
  let records = 0, calls = 0;
  for (let i = 0; i < n; i++) {
    const r = await runTrial(trial, { integration, seed: `t-${i}` });
    records += r.history.length; calls += r.counts.exchanges;
  }
  console.log(name, (n / ms() * 1000).toFixed(1), 'trials/s', records / n, 'records', calls / n, 'calls');
}
