// Icons writes the program's icon in the sizes and formats that systems ask for: PNG files of 16 to
// 512 pixels, the .ico of Windows' installer and the .icns of macOS.
//
//	go run ./packaging/icons icon.png OUT
package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/png"
	"log"
	"os"
	"path/filepath"

	"github.com/jackmordaunt/icns/v3"
	"golang.org/x/image/draw"
)

// name is what desktop entries and menus call the icon: the program's identifier.
const name = "io.ganvas.Ganvas"

// sizes are those of the hicolor theme.
var sizes = []int{16, 22, 24, 32, 48, 64, 96, 128, 192, 256, 512}

// windowsSizes are those that Explorer shows.
var windowsSizes = []int{16, 24, 32, 48, 64, 256}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: icons ICON.png FOLDER")
	}
	if err := write(os.Args[1], os.Args[2]); err != nil {
		log.Fatal("icons: ", err)
	}
}

func write(source, folder string) error {
	f, err := os.Open(source)
	if err != nil {
		return err
	}
	defer f.Close()
	whole, err := png.Decode(f)
	if err != nil {
		return fmt.Errorf("read %s: %w", source, err)
	}
	for _, size := range sizes {
		content, err := scaled(whole, size)
		if err != nil {
			return err
		}
		path := filepath.Join(folder, fmt.Sprintf("%dx%d", size, size), "apps", name+".png")
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	content, err := ico(whole, windowsSizes)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, "ganvas.ico"), content, 0o644); err != nil {
		return err
	}
	var mac bytes.Buffer
	if err := icns.NewEncoder(&mac).WithAlgorithm(icns.MitchellNetravali).Encode(whole); err != nil {
		return fmt.Errorf("write ganvas.icns: %w", err)
	}
	return os.WriteFile(filepath.Join(folder, "ganvas.icns"), mac.Bytes(), 0o644)
}

// scaled returns the picture as a PNG of so many pixels a side.
func scaled(whole image.Image, size int) ([]byte, error) {
	small := image.NewNRGBA(image.Rect(0, 0, size, size))
	draw.CatmullRom.Scale(small, small.Bounds(), whole, whole.Bounds(), draw.Src, nil)
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	err := encoder.Encode(&b, small)
	return b.Bytes(), err
}

// ico puts PNG files of the sizes into one file of Windows' format.
func ico(whole image.Image, sizes []int) ([]byte, error) {
	const head, entry = 6, 16
	var index, pictures bytes.Buffer
	index.Write([]byte{0, 0, 1, 0, byte(len(sizes)), 0})
	for _, size := range sizes {
		content, err := scaled(whole, size)
		if err != nil {
			return nil, err
		}
		side := byte(size) // 256 is written as 0
		index.Write([]byte{side, side, 0, 0, 1, 0, 32, 0})
		index.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(content))))
		index.Write(binary.LittleEndian.AppendUint32(nil, uint32(head+entry*len(sizes)+pictures.Len())))
		pictures.Write(content)
	}
	return append(index.Bytes(), pictures.Bytes()...), nil
}
