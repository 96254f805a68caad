/** `FishingGear` of schema/canonical.graphql by what captains report. */
export const FISHING_GEARS: ReadonlyMap<string, string> = new Map([
  ['拖网', 'TRAWL'],
  ['桁杆拖虾', 'SHRIMP_TRAWL'],
  ['刺网', 'GILL_NET'],
  ['围网', 'SEINE'],
  ['灯光围网', 'LIGHT_SEINE'],
  ['张网', 'STOW_NET'],
  ['钓业', 'HOOK_AND_LINE'],
  ['笼壶', 'POTS'],
  ['杂渔具', 'OTHER_GEAR'],
  ['运输', 'AUXILIARY'],
  ['冷藏运输', 'AUXILIARY'],
  ['加工', 'AUXILIARY'],
  ['养殖', 'AQUACULTURE'],
  ['休闲垂钓', 'LEISURE'],
]);
