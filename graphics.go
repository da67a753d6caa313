package main

import (
	"bytes"
	"io"
	"sync"
	"sync/atomic"
)

// noGraphics is what Fyne and GLFW log where no window can be drawn, and what that means.
var noGraphics = []struct{ says, means string }{
	{"Fyne error:  window creation error", needsOpenGL},
	{"Fyne error:  failed to initialise OpenGL", needsOpenGL},
	// GLFW's words, which Fyne does not repeat.
	{"PlatformError: WGL: ", needsOpenGL},
	{"PlatformError: GLX: ", needsOpenGL},
	{"PlatformError: EGL: ", needsOpenGL},
	{"PlatformError: NSGL: ", needsOpenGL},
	{"Fyne error:  failed to initialise GLFW", "the system does not let a window be opened. Start Ganvas on the computer's own screen, or use a command instead, such as \"ganvas demo\"."},
}

const needsOpenGL = "it needs OpenGL 2.1, which this screen does not offer. What helps: the newest driver of the graphics card, or the computer's own " +
	"screen instead of a remote desktop" + software + ". The commands work without a window, such as \"ganvas demo\"."

// A graphicsLog passes on what is logged. When the window cannot be opened, it fails with a plain
// sentence: Fyne goes on without a window, and nobody could end it.
type graphicsLog struct {
	to     io.Writer
	fail   func(message string) // is called once
	once   sync.Once
	opened atomic.Bool // whether the window has been there: what is logged from then on passes
}

func (l *graphicsLog) Write(line []byte) (int, error) {
	for _, g := range noGraphics {
		if !l.opened.Load() && bytes.Contains(line, []byte(g.says)) {
			l.once.Do(func() { l.fail("open the window: " + g.means) })
		}
	}
	return l.to.Write(line)
}
