//go:build linux

// Start measures how long a program takes from its start until something is drawn in its window.
// The display has to be empty, without a window manager. With -cold the program's file is read from
// the disk each time.
//
//	go run ./packaging/start [-n TIMES] [-cold] PROGRAM [ARGUMENT…]
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
	"golang.org/x/sys/unix"
)

// patience is how long a start may take.
const patience = time.Minute

func main() {
	log.SetFlags(0)
	times := flag.Int("n", 5, "how `often` it is started")
	cold := flag.Bool("cold", false, "reads the program's file from the disk each time")
	flag.Parse()
	if flag.NArg() == 0 || *times < 1 {
		log.Fatal("usage: start [-n TIMES] [-cold] PROGRAM [ARGUMENT…]")
	}
	xgb.Logger = log.New(io.Discard, "", 0) // it regrets that there is no authority file
	x, err := xgb.NewConnDisplay(os.Getenv("DISPLAY"))
	if err != nil {
		log.Fatal("start: ", err)
	}
	defer x.Close()
	var took, busy []time.Duration
	for range *times {
		if *cold {
			if err := forget(flag.Arg(0)); err != nil {
				log.Fatal("start: ", err)
			}
		}
		wall, cpu, err := measure(x, flag.Args())
		if err != nil {
			log.Fatal("start: ", err)
		}
		took, busy = append(took, wall.Round(time.Millisecond)), append(busy, cpu)
	}
	median := func(d []time.Duration) time.Duration { return slices.Sorted(slices.Values(d))[len(d)/2] }
	fmt.Printf("something to see after %v (%s), processors busy for %v\n", median(took), strings.Trim(fmt.Sprint(took), "[]"), median(busy))
}

// forget has the system keep nothing of a file in memory.
func forget(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED)
}

// measure starts a program, waits until its window shows something, and ends it. It returns how
// long that took, and for how long processors were busy with it: that hardly depends on what else
// they do.
func measure(x *xgb.Conn, command []string) (took, busy time.Duration, err error) {
	c := exec.Command(command[0], command[1:]...)
	c.Stderr = os.Stderr
	began := time.Now()
	if err := c.Start(); err != nil {
		return 0, 0, err
	}
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	for time.Since(began) < patience {
		seen, err := colourful(x)
		if err != nil {
			return 0, 0, err
		}
		if took = time.Since(began); seen {
			busy, err = used(c.Process.Pid)
			err = errors.Join(err, c.Process.Signal(syscall.SIGTERM))
			<-ended
			return took, busy, err
		}
		select {
		case err := <-ended:
			return 0, 0, fmt.Errorf("it ended without a window: %v", err)
		case <-time.After(5 * time.Millisecond):
		}
	}
	return 0, 0, errors.Join(errors.New("no window within a minute"), c.Process.Kill())
}

// used returns how much time of processors a process has taken, in hundredths of a second.
func used(pid int) (time.Duration, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, err
	}
	var user, system int
	_, rest, _ := strings.Cut(string(text), ") ") // what stands before may have spaces
	fields := strings.Fields(rest)
	_, err = fmt.Sscan(fields[11]+" "+fields[12], &user, &system)
	return time.Duration(user+system) * time.Second / 100, err
}

// colourful says whether the screen has more than 300 colours: an empty window has few, and the
// server's own background two.
func colourful(x *xgb.Conn) (bool, error) {
	s := xproto.Setup(x).DefaultScreen(x)
	img, err := xproto.GetImage(x, xproto.ImageFormatZPixmap, xproto.Drawable(s.Root), 0, 0, s.WidthInPixels, s.HeightInPixels, ^uint32(0)).Reply()
	if err != nil {
		return false, err
	}
	colours := map[[3]byte]bool{}
	for i := 0; i+2 < len(img.Data) && len(colours) <= 300; i += 4 {
		colours[[3]byte(img.Data[i:])] = true
	}
	return len(colours) > 300, nil
}
