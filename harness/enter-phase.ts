/** Notes in the history which phase begins now, and why the one before it ended. */
import type { Phase } from './record.ts';
import type { World } from './world.ts';

export function enterPhase({ history, clock }: World, phase: Phase, reason?: string): void {
  const because = reason === undefined ? {} : { reason };
  history.append({ type: 'phase', at: clock.now(), phase, ...because });
}
