// Package export takes away what was learnt: galleries and single pictures as PNG, samples as
// pictures, arrays and tables. It draws nothing: engine/gallery does.
package export
