/** The version of Wheelkeep that runs: that of `package.json`. */
export const version = '0.1.0'
