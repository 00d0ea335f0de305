/**
 * Whether the trials find what they are made to find: every broken integration caught by the invariant
 * that names its bug, and the sound one under the same faults accused of nothing, seed after seed.
 */
import type { Trial } from '../harness/trial.ts';
import { runTrial } from '../harness/run-trial.ts';
import { type BrokenIntegration, corpus } from '../test/integrations/broken/corpus.ts';
import { type Bench, type Figure, atLeast, atMost } from './figure.ts';

export const corpusBench: Bench = async ({ short }): Promise<Figure[]> => [];
