// Package motion asks the system whether what moves by itself should stand still, as some people
// set it. It moves nothing.
package motion

import "sync"

// Reduced tells whether the system asks for less movement; false where it does not say. The first
// call may take a while: not on the goroutine of the window.
var Reduced = sync.OnceValue(reduced)
