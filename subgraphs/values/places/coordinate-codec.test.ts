import { coordinateCodec } from './coordinate-codec.js';

const bounds = { longitude: { from: 121.5, to: 123.5 }, latitude: { from: 30, to: 31.2 } };
const make = (axis: 'longitude' | 'latitude', perDegree = 1) =>
  coordinateCodec({ axis, bounds, perDegree, nulls: [] });

describe('coordinateCodec()', () => {
  it('reads degrees as they are, and parts of a degree', () => {
    expect(make('longitude').decode('122.4500')).toEqual({ value: '122.45', quality: [] });
    expect(make('longitude', 600_000).decode('73470001')).toEqual({ value: '122.4500017', quality: [] });
    expect(make('latitude', 10_000_000).decode('307250000')).toEqual({ value: '30.725', quality: [] });
    expect(make('latitude').decode(' ３０.７２５° ')).toEqual({ value: '30.725', quality: [] });
  });

  it.each([
    ['122°27′05.40″', '122.4515'],
    ['122°27\'5.4"', '122.4515'],
    ['１２２°２７＇０５＂', '122.4513889'],
    ['东经122度27分5.4秒', '122.4515'],
    [' E 122° 27′ 05.40″ ', '122.4515'],
    ['122°27′05.4″E', '122.4515'],
    ['122°27′', '122.45'],
    ['122°27.09′', '122.4515'],
    ['122º30’', '122.5'],
  ])('reads degrees, minutes and seconds: %s', (cell, degrees) => {
    expect(make('longitude').decode(cell)).toEqual({ value: degrees, quality: [] });
  });

  it.each(['122°60′00″', '122°27′60″', '122°-5′', '122°27″', '122-27-05'])('reads no angle in %s', (cell) => {
    expect(make('longitude').decode(cell)).toEqual({ value: null, quality: ['COORDINATE_UNREADABLE'] });
  });

  it('D19: tells degrees, minutes and seconds that were swapped, and those of the other hemisphere', () => {
    expect(make('longitude').decode('30°43′39″', '122°27′05.40″')).toEqual({
      value: '122.4515',
      quality: ['COORDINATE_SWAPPED'],
    });
    expect(make('longitude').decode('西经122°27′05.40″').quality).toEqual(['COORDINATE_OUTSIDE']);
  });

  it('D19: takes the other coordinate where the two were swapped, and marks it', () => {
    expect(make('longitude').decode('30.725', '122.45')).toEqual({
      value: '122.45',
      quality: ['COORDINATE_SWAPPED'],
    });
    expect(make('latitude').decode('122.45', '30.725')).toEqual({
      value: '30.725',
      quality: ['COORDINATE_SWAPPED'],
    });
  });

  it('gives nothing for a place outside the county, or half a place', () => {
    expect(make('longitude').decode('120.1', '30.2')).toEqual({
      value: null,
      quality: ['COORDINATE_OUTSIDE'],
    });
    expect(make('longitude').decode('30.725', '999')).toEqual({
      value: null,
      quality: ['COORDINATE_OUTSIDE'],
    });
    expect(make('longitude').decode('东经', '30')).toEqual({
      value: null,
      quality: ['COORDINATE_UNREADABLE'],
    });
    expect(make('longitude').decode('暂无')).toEqual({ value: null, quality: ['NULL_WORD'] });
  });
});
