// Drop drops files on a window of X11, which may be one of Wine's.
//
//	go run ./packaging/drop WINDOW X Y PATH…
package main

import (
	"log"
	"os"
	"strconv"

	"github.com/jezek/xgb/xproto"

	"ganvas/internal/xdnd"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) < 5 {
		log.Fatal("usage: drop WINDOW X Y PATH…")
	}
	var numbers [3]int
	for i, text := range os.Args[1:4] {
		n, err := strconv.Atoi(text)
		if err != nil {
			log.Fatalf("drop: %s is not a number", text)
		}
		numbers[i] = n
	}
	mouse, err := xdnd.New(os.Getenv("DISPLAY"))
	if err != nil {
		log.Fatal("drop: ", err)
	}
	defer mouse.Close()
	if err := mouse.Drop(xproto.Window(numbers[0]), numbers[1], numbers[2], os.Args[4:]...); err != nil {
		log.Fatal("drop: ", err)
	}
}
