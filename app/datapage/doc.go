// Package datapage is the page that chooses what the generator learns to imitate, and shows what was
// understood of it: items, health, preparation. It reads no files: studio and datasets do.
package datapage
