import { answerQuestions } from '../../../runtime/thread/answer-questions.mjs';
import { importDrop } from './import-drop.mjs';

/** The thread that reads drops, one after another, so that a large workbook holds up nobody. */
answerQuestions(importDrop);
