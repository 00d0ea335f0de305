/** `node test/integrations/broken/main.ts NAME`: one of the broken integrations as a process. */
import { serve } from '../kit/serve.ts';
import { brokenIntegration } from './corpus.ts';

serve(brokenIntegration(process.argv[2] ?? '').changes);
