/** The sound integration as a process: outbox, idempotency, version check, backoff, reconciliation. */
import { serve } from '../kit/serve.ts';

serve();
