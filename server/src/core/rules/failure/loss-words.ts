/** What a lost tunnel or gateway leaves, in words. */
import type { SingleLoss } from '../../analysis/single-loss.ts'
import { sayShare } from '../workload-words.ts'

/** `for 40 % of the data: of the 2 copies needed in dc2 none is reached.` */
export function sayLeft({ short, share }: SingleLoss): string {
  const some = share === undefined || share > 0.9995 ? '' : `for ${sayShare(share)} of the data: `
  const where = short.datacenter === null ? '' : ` in ${short.datacenter}`
  return `${some}of the ${short.needed} copies that are needed${where} ${short.left === 0 ? 'none is' : short.left === 1 ? 'one is' : `${short.left} are`} reached.`
}
