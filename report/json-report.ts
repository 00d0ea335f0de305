/** The report for programs: the model as it is, one JSON document. */
import type { ReportModel } from './report-model.ts';

export const jsonReport = (model: ReportModel): string => `${JSON.stringify(model, null, 2)}\n`;
