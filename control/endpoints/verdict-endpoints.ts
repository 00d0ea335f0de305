/** The verdict on what has happened so far. */
import { junitReport } from '../../report/junit-report.ts';
import { type Endpoint, ok } from '../endpoint.ts';
import { judge } from '../judge.ts';
import { choiceOption, textOption } from '../query-options.ts';
import { named, reportSchema, text } from '../schemas.ts';
import { landscapeOf } from './landscape-endpoints.ts';

export const junitSchema = named('JUnit', text(1e9));
export const formatOption = choiceOption('format', 'json (default) or junit.', ['json', 'junit']);

export const verdictEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/v1/landscapes/{landscape}/verdict',
    operation: 'getVerdict',
    tag: 'verdict',
    summary: 'Judges what has happened so far, by all flows and invariants of the business.',
    description:
      'Of what is still owed nobody can say yet that it is lost: it is unknown until nothing is owed. Heal and wait for quiet first.',
    query: [
      formatOption,
      textOption(
        'only',
        'Names of invariants, or the beginning of names up to a slash, with commas between: `order-to-erp,receipt-to-erp/no-duplicates`.',
      ),
    ],
    answers: {
      200: {
        description: 'The verdict.',
        schema: reportSchema,
        types: { 'application/xml': junitSchema },
      },
    },
    handle: (call) => {
      const only = (call.query['only'] as string | undefined)
        ?.split(',')
        .map((each) => each.trim());
      const model = judge(landscapeOf(call), only === undefined ? {} : { only });
      if (call.query['format'] !== 'junit') return ok(model);
      return { status: 200, text: { type: 'application/xml', content: junitReport(model) } };
    },
  },
];
