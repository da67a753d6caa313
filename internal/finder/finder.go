// Package finder receives the files that the Finder of macOS has the program open: by a double
// click, by "Open with", or by a drop on the program's icon. The Finder names them in an event to
// the program that runs, and not as arguments. Other systems name them as arguments, and nothing
// comes here.
package finder

import "sync"

// delegateClass is the class of the application's delegate, as GLFW 3.4 calls it.
const delegateClass = "GLFWApplicationDelegate"

// An Inbox keeps the files that are to be opened until somebody takes them.
type Inbox struct {
	mu      sync.Mutex
	waiting []string
	open    func(paths []string)
}

// Take returns the files that came so far, and has open called with those that come later, on the
// goroutine of the window's driver.
func (b *Inbox) Take(open func(paths []string)) []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	paths := b.waiting
	b.waiting, b.open = nil, open
	return paths
}

// put takes files in.
func (b *Inbox) put(paths []string) {
	b.mu.Lock()
	open := b.open
	if open == nil {
		b.waiting = append(b.waiting, paths...)
	}
	b.mu.Unlock()
	if open != nil {
		open(paths)
	}
}
