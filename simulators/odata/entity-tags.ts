/** Optimistic locking of sets that have entity tags. */
import { ODataRefusal } from './odata-refusal.ts';

/** Throws 428 without a condition, 400 for one that is no entity tag, 412 when it does not hold. */
export function checkMatch(ifMatch: string | undefined, current: string): void {
  if (ifMatch === undefined) {
    const code = '/IWBEP/CM_MGW_RT/194';
    throw new ODataRefusal({ status: 428, code, message: 'Precondition required' });
  }
  if (ifMatch === '*' || ifMatch === current) return;
  if (!/^(?:W\/)?".*"$/.test(ifMatch)) {
    const message = 'Invalid syntax of the If-Match header';
    throw new ODataRefusal({ status: 400, code: '/IWFND/CM_MGW/094', message });
  }
  const message = 'Precondition failed';
  throw new ODataRefusal({ status: 412, code: '/IWBEP/CM_MGW_RT/157', message });
}
