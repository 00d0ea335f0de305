/** `seatrial load`: a peak day by k6, and a verdict that says both fast enough and still correct. */
import { Command, Option } from 'commander';
import type { LoadOptions } from './load/load-options.ts';
import {
  facadeCall,
  hours,
  pace,
  segment,
  systemDialects,
  thresholds,
} from './load/option-readers.ts';
import { keepingOptions } from './keeping-options.ts';
import { duration, positive, seed, wholeNumber } from './options.ts';
import { type Shell, exitCodesHelp } from './shell.ts';

export const loadCommand = (shell: Shell): Command => {
  const command = new Command('load').description(
    'a peak day by k6: is it fast enough, and is the business still right',
  );
  for (const add of [whatOptions, whenOptions, limitOptions, tellingOptions]) add(command);
  return command.addHelpText('after', examples).action(async (options: LoadOptions) => {
    // Loaded only when asked for: it is no part of a quick start.
    const { performLoad } = await import('./load/perform-load.ts');
    await performLoad(options, shell);
  });
};

/** On what, and what goes wrong meanwhile. */
const whatOptions = (command: Command): Command =>
  command
    .addOption(
      new Option('--target <what>', 'business: k6 acts for people, the integration does the rest')
        .choices(['business', 'integration', 'simulator'])
        .default('business'),
    )
    .option('--integration <command or URL>', 'the software under test')
    .option('--systems <list>', 'dialects, e.g. procurement=coupa,erp=s4hana', systemDialects)
    .option('--facade <call>', 'a call of the integration, e.g. "GET /health=200"', facadeCall, [])
    .option('--faults <trial file>', "the trial's systems, and its faults from the beginning")
    .option('--segment <index/of>', 'the share of this process, e.g. 2/4', segment);

/** How much comes when. */
const whenOptions = (command: Command): Command =>
  command
    .option(
      '--orders <number>',
      'orders of the day; default: as published, or as counted',
      wholeNumber,
    )
    .option('--over <duration>', 'real time in which the day passes', duration, 60_000)
    .option('--rate <orders>', 'so many a second instead of a day', positive)
    .option('--counts <CSV>', "a team's own hourly counts: time,orders")
    .option('--day <date>', 'the day of the counts; default: the busiest')
    .option('--recorded <history>', 'the orders of a recorded history again')
    .option(
      '--pace <factor>',
      'of a recorded history: 1x, 10x, or max; max alone: no pauses',
      pace,
      1,
    )
    .option('--promotion <hours=factor>', 'busier hours, e.g. 10-12=3; may be repeated', hours, [])
    .option('--batch <hours=orders>', 'a job that hands orders over, e.g. 22-22.5=500', hours, [])
    .option('--outage <hours[=burst]>', 'nothing gets in; all of it comes after it', hours, [])
    .option('--seed <seed>', 'the same orders every time', seed)
    .option('--most-lines <number>', 'items of an order at most', wholeNumber, 20);

/** What is fast enough, and what is waited for. */
const limitOptions = (command: Command): Command =>
  command
    .option('--stage <flow=duration>', 'limit for the 95th of 100 arrivals', thresholds, {})
    .option('--within <duration>', 'the same for the flows that are not named', duration, 10_000)
    .option('--request-within <duration>', "the same for k6's own requests", duration, 10_000)
    .option('--most-owed <number>', 'most that may be owed at any time', wholeNumber)
    .option('--only <names>', 'invariants that the verdict is about', (text) => text.split(','))
    .option('--at-once <number>', "orders under way at most (k6's VUs)", wholeNumber, 200)
    .option('--patience <duration>', 'real time that anything may take', duration, 60_000);

/** What is told, what is kept, and by which k6. */
const tellingOptions = (command: Command): Command =>
  keepingOptions('keep history and documents in this new folder, on disk')
    .reduce((before, option) => before.addOption(option), command)
    .option('--report <folder>', 'write a page to look at, index.html in this folder')
    .option('--json <file>', 'write the result as JSON; - for standard output')
    .option('--history <file>', 'write all that happened as NDJSON, for seatrial check')
    .option('--plan <file>', 'write the plan for k6 there and do nothing more')
    .option(
      '--k6 <path>',
      'the k6 to use, or "container"; default: from PATH, .tools/bin or the image that Docker has',
    )
    .option('--quiet', 'no live line');

const examples = `
Examples:
  $ seatrial load --integration "node middleware.js"                        the busiest day as published, in a minute
  $ seatrial load --integration "node middleware.js" --orders 20000 --over 10m --outage 10-11
  $ seatrial load --integration "node middleware.js" --counts orders.csv --report reports/peak
  $ seatrial load --integration "node middleware.js" --recorded monday.ndjson --pace 10x
  $ seatrial load --integration "node middleware.js" --faults trials/first.ts --stage order-to-erp=2s
  $ seatrial load --target integration --integration "node middleware.js" --rate 200 --over 30s
  $ seatrial load --target simulator --systems erp=s4hana --rate 2000 --over 30s
  $ seatrial load --integration "node middleware.js" --segment 2/4 --seed day --history 2.ndjson
  $ seatrial load --integration "node middleware.js" --segment 2/4 --seed day --store postgres://me@db/day

${exitCodesHelp}
A load that is right but too slow ends with 1, too.`;
