/** Where the index of the tests lives. */
export const site = 'https://index.example'
