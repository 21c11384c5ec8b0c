/** What a lost tunnel or gateway leaves, in words. */
import { type SingleLoss, shortageText } from '../../analysis/single-loss.ts'
import { sayShare } from '../workload-words.ts'

/** `for 40 % of the data: none of the 2 copies that are needed in dc2 is left.` */
export function sayLeft({ short, share }: SingleLoss): string {
  const some = share === undefined || share > 0.9995 ? '' : `for ${sayShare(share)} of the data: `
  return `${some}${shortageText(short)}.`
}
