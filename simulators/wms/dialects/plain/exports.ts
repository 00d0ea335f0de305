/** The warehouse's export folder on the `plain` wire. */
import type { Endpoint } from '../../../plain/endpoint.ts';
import { key, list, named, object, text } from '../../../plain/schema.ts';
import type { WmsCore } from '../../wms-core.ts';

const file = named(
  'ExportFile',
  object({ name: key(40), lines: list(text(80), 100_000) }),
  'Lines `confirmation;order`; the last is `END;` and their number. Without it the file is not whole.',
);

const common = { resource: 'exports' } as const;

export const exportEndpoints: readonly Endpoint<WmsCore>[] = [
  {
    ...common,
    method: 'GET',
    path: '/exports',
    operation: 'listExports',
    summary: 'Names the files that are there to be fetched.',
    access: 'read',
    answers: { 200: named('ExportFolder', object({ items: list(key(40), 100_000) })) },
    handle: ({ core, context }) => ({
      status: 200,
      document: { items: core.exports.list(context) },
    }),
  },
  {
    ...common,
    method: 'GET',
    path: '/exports/{name}',
    operation: 'readExport',
    summary: 'Reads one file.',
    access: 'read',
    answers: { 200: file },
    key: ({ name }) => name,
    handle: ({ core, params, context }) => ({
      status: 200,
      document: core.exports.read(params['name'] as string, context),
    }),
  },
  {
    ...common,
    method: 'POST',
    path: '/exports/{name}/archive',
    operation: 'archiveExport',
    summary: 'Takes one file out of the folder.',
    access: 'write',
    answers: { 200: file },
    key: ({ name }) => name,
    handle: ({ core, params, context }) => ({
      status: 200,
      document: core.exports.archive(params['name'] as string, context),
    }),
  },
];
