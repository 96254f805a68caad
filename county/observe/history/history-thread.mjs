import { workerData } from 'node:worker_threads';
import { answerQuestions } from '../../../runtime/thread/answer-questions.mjs';
import { HistoryFile } from './history-file.mjs';

/**
 * @typedef {{ [Name in keyof HistoryFile]: readonly [Name, ...Parameters<HistoryFile[Name]>] }[keyof HistoryFile]} HistoryAsk
 */

const file = new HistoryFile(String(workerData));

answerQuestions((/** @type {HistoryAsk} */ [name, ...given]) => Reflect.apply(file[name], file, given));
