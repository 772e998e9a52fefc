import type { NameSlip } from '../../facts/names';
import { changeTo } from '../change';
import type { Finding } from '../rule';

/** The finding for a name that occurs elsewhere in another form. */
export function nameFinding({ start, end, name, usual, usualStart, usualEnd, unsure }: NameSlip): Finding {
  return {
    start,
    end,
    message: {
      zh: '这里写作“{0}”，别处写作“{1}”，请核对。',
      en: 'It is “{0}” here and “{1}” elsewhere; check which is right.',
      values: [name, usual],
    },
    phrase: { start, end },
    related: [
      {
        start: usualStart,
        end: usualEnd,
        message: { zh: '别处写作“{0}”', en: '“{0}” is here', values: [usual] },
      },
    ],
    ...(unsure && { severity: 'hint' }),
    fixes: [changeTo(start, end, usual, false)],
  };
}
