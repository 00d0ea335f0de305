/** A naive integration as a process: it works in the demo. */
import { naivePolicies } from '../broken/corpus.ts';
import { serve } from '../kit/serve.ts';

serve(naivePolicies);
