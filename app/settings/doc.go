// Package settings keeps what the window remembers from one start to the next, in a file that is
// whole at every instant. It knows no window.
package settings
