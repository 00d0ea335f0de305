/** The ERP of a folder that was kept: listens, reads its last order over HTTP, and says so. */
import { openArchive } from '../../harness/archive/open-archive.ts';
import { lastTimeOf } from '../../harness/archive/resume.ts';
import { RealClock } from '../../harness/clock.ts';
import { insertLandscape } from '../insert-landscape.ts';

const archive = openArchive(process.argv[2] as string);
const clock = new RealClock({ notBefore: lastTimeOf(archive) });
const { landscape, ask, path, nextOrder } = await insertLandscape('plain', clock, archive);
await landscape.listen();
const orders = await ask('GET', `${path}?externalReference=PO-0000007`);
const { items } = (await orders.json()) as { items: unknown[] };
if (items.length !== 1) throw new Error(`Failed to read an order: found ${items.length}.`);
const made = await ask('POST', path, nextOrder());
if (made.status !== 201) throw new Error(`Failed to insert: ${await made.text()}`);
process.stdout.write('up\n');
