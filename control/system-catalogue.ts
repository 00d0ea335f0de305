/** The systems that can be asked for by name: of each role, the dialects it speaks. */
import { SeatrialError } from '../harness/seatrial-error.ts';
import type { SystemFactory } from '../harness/system.ts';
import { coupa, erp, procurement, s4hana, wms } from '../simulators/index.ts';

const catalogue: Readonly<Record<string, Readonly<Record<string, () => SystemFactory>>>> = {
  procurement: { plain: () => procurement(), coupa: () => coupa() },
  erp: { plain: () => erp(), s4hana: () => s4hana() },
  wms: { plain: () => wms() },
};

/** Dialects by role, for schemas and lists. */
export const dialects: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(catalogue).map(([role, known]) => [role, Object.keys(known)]),
);

/** Every role in its plain dialect. */
export const usualSystems: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(catalogue).map((role) => [role, 'plain']),
);

/** Factories for dialects by role. Throws `control.no-dialect`. */
export function systemsOf(asked: Readonly<Record<string, string>>): Record<string, SystemFactory> {
  return Object.fromEntries(
    Object.entries(asked).map(([role, dialect]) => {
      const known = Object.hasOwn(catalogue, role) ? catalogue[role] : undefined;
      const make = known && Object.hasOwn(known, dialect) ? known[dialect] : undefined;
      if (make !== undefined) return [role, make()];
      throw new SeatrialError({
        code: 'control.no-dialect',
        task: `make the system ${role} in the dialect ${dialect}`,
        reason:
          known === undefined
            ? `roles are ${Object.keys(catalogue).join(', ')}`
            : `${role} speaks ${Object.keys(known).join(', ')}`,
      });
    }),
  );
}
