package clipboard

import (
	"bytes"
	"image"
	"image/png"
	"runtime"
	"testing"
	"unsafe"

	"golang.org/x/sys/windows"
)

// What was copied is on the clipboard in both forms.
func TestCopy(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 30, 20))
	for i := range img.Pix {
		img.Pix[i] = 0xff
	}
	if err := Copy(img); err != nil {
		t.Fatal(err)
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := open(); err != nil {
		t.Fatal(err)
	}
	defer closeClipboard.Call()
	read := func(format uintptr) []byte {
		h, _, err := user32.NewProc("GetClipboardData").Call(format)
		if h == 0 {
			t.Fatalf("format %d is not there: %v", format, err)
		}
		at, _, _ := globalLock.Call(h)
		defer globalUnlock.Call(h)
		size, _, _ := kernel32.NewProc("GlobalSize").Call(h)
		return bytes.Clone(unsafe.Slice((*byte)(*(*unsafe.Pointer)(unsafe.Pointer(&at))), size))
	}
	name, err := windows.UTF16PtrFromString("PNG")
	if err != nil {
		t.Fatal(err)
	}
	format, _, _ := registerFormat.Call(uintptr(unsafe.Pointer(name)))
	got, err := png.Decode(bytes.NewReader(read(format)))
	if err != nil || got.Bounds() != img.Rect {
		t.Errorf("the PNG is %v, %v", got, err)
	}
	if b := read(formatDIB); !bytes.HasPrefix(b, dib(img)) {
		t.Errorf("the bitmap has %d bytes, want %d", len(b), len(dib(img)))
	}
}
