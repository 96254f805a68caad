import { parentPort } from 'node:worker_threads';

/**
 * The thread's side of `WorkerThread`: answers every question with what `answer` gives or with how it failed. Plain
 * JavaScript, as the threads are: it is loaded as it stands, from sources and from dist.
 *
 * @typedef {{ code: string, message: string }} ThreadFailure
 */

/**
 * @template Question
 * @typedef {{ id: number, question: Question }} Asked
 */

/**
 * @template Answer
 * @typedef {{ id: number, answer: Answer } | { id: number, failure: ThreadFailure }} Answered
 */

/**
 * @template Question, Answer
 * @param {(question: Question) => Answer | Promise<Answer>} answer
 */
export function answerQuestions(answer) {
  const port = parentPort;
  if (port === null)
    throw new Error('Cannot answer questions: this must run in a worker thread, but does not');
  port.on('message', async (/** @type {Asked<Question>} */ { id, question }) => {
    /** @type {Answered<Answer>} */
    let reply;
    try {
      reply = { id, answer: await answer(question) };
    } catch (error) {
      reply = { id, failure: describeFailure(error) };
    }
    port.postMessage(reply);
  });
}

/**
 * @param {unknown} error
 * @returns {ThreadFailure}
 */
function describeFailure(error) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return { code, message: error instanceof Error ? error.message : String(error) };
}
