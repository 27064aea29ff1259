import { english, englishMore, type MoreStrings, type Strings } from '../strings';
import ar, { more as arMore } from './ar';
import de, { more as deMore } from './de';
import es, { more as esMore } from './es';
import fr, { more as frMore } from './fr';
import hi, { more as hiMore } from './hi';
import ja, { more as jaMore } from './ja';
import ru, { more as ruMore } from './ru';
import th, { more as thMore } from './th';
import zh, { more as zhMore } from './zh';

/** Every language with its two lists of texts. Only the build imports this; a visitor fetches the files of one language. */
export const languages: Record<string, [Strings, MoreStrings]> = {
  en: [english, englishMore],
  ar: [ar, arMore],
  de: [de, deMore],
  es: [es, esMore],
  fr: [fr, frMore],
  hi: [hi, hiMore],
  ja: [ja, jaMore],
  ru: [ru, ruMore],
  th: [th, thMore],
  zh: [zh, zhMore],
};
