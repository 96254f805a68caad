import { durationText } from './duration-text.js';

test.each([
  [1_814_400, '21 天', '21 days'],
  [93_600, '1 天 2 小时', '1 day 2 hours'],
  [86_400, '1 天', '1 day'],
  [259_200, '3 天', '3 days'],
  [3600, '1 小时', '1 hour'],
  [5400, '1 小时 30 分钟', '1 hour 30 minutes'],
  [90, '1 分钟 30 秒', '1 minute 30 seconds'],
  [15, '15 秒', '15 seconds'],
  [1, '1 秒', '1 second'],
  [0.5, '500 毫秒', '500 ms'],
  [86_430, '1 天', '1 day'],
])('%d seconds are %s', (seconds, zh, en) => {
  expect(durationText(seconds)).toEqual({ zh, en });
});
