/** A recorded history, whichever way it was recorded. */
import { HistoryFolder, isHistoryFolder } from '../harness/archive/history-folder.ts';
import { HistoryFile } from '../harness/history-file.ts';

/** Throws what reading one throws. */
export const openHistory = (path: string): HistoryFile | HistoryFolder =>
  isHistoryFolder(path) ? new HistoryFolder(path) : new HistoryFile(path);
